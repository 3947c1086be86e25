# SPDX-License-Identifier: GPL-3.0-or-later
"""The two tables of src/listen that train_score.py writes, and the same sums as the C code makes."""

import os

import numpy as np

CELLS, PHONES, SLICES = 48, 42, 5
INPUTS = PHONES * SLICES + 1
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "listen")
HEAD = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"

# Between these a feature counts; beyond, it counts as the bound.
BOUNDS = {"phones": (-40, 10), "sum": (-10, 10), "worst": (-40, 15), "rival": (-10, 20),
          "length": (2, 25), "sounds": (1, 12), "coverage": (0, 1), "segment": (0, 3), "gap": (0, 1),
          "snr": (10, 60), "words": (0, 4), "prior": (-20, 0), "asked": (0, 1), "like": (-3, 0),
          "lead": (-3, 4), "other": (-4, 0), "against": (-6, 6), "echo": (1, 12)}
ECHO_WEIGHT = -0.6
UNLIKELY = 0.001


class Network:
    """Inputs -> cells of tanh -> logits of classes, with the weights as the table holds them."""

    def __init__(self, words, meant, cells, cell_biases, outs, out_biases):
        """cells: (cells, inputs); outs: (classes, cells)."""
        self.words, self.meant = words, np.array(meant)
        self.cells, self.cell_units = self.small(cells)
        self.outs, self.out_units = self.small(outs)
        self.cell_biases, self.out_biases = cell_biases, out_biases

    @staticmethod
    def small(weights):
        """Whole numbers of one byte, and what one of them is worth in each row."""
        units = np.abs(weights).max(1) / 127 + 1e-12
        return np.rint(weights / units[:, None]).astype(int), units

    def shares(self, inputs):
        cells = np.tanh(inputs @ (self.cells * self.cell_units[:, None]).T + self.cell_biases)
        logits = cells @ (self.outs * self.out_units[:, None]).T + self.out_biases
        odds = np.exp(logits - logits.max(-1, keepdims=True))
        return odds / odds.sum(-1, keepdims=True)

    def judge(self, shares, word):
        """What likeness_judge() says: (known, like, lead, other)."""
        own = np.array([name == word for name in self.words]) & self.meant
        other = shares[~self.meant].sum()
        this = shares[own].sum()
        best = max(shares[self.meant & ~own].max(), other)
        logs = [np.log(max(value, UNLIKELY)) for value in (this, other, best)]
        return own.any(), logs[0], logs[0] - logs[2], logs[1]

    def write(self, path):
        def row(weights):
            lines, line = [], "\t\t\t\t"
            for text in (f"{weight}, " for weight in weights):
                if len(line) + len(text) > 96:
                    lines.append(line.rstrip())
                    line = "\t\t\t\t"
                line += text
            return "\n".join(lines + [line.rstrip().rstrip(",")])

        with open(path, "w", encoding="utf-8") as out:
            out.write(HEAD + "/* Written by tests/listen/train_score.py. */\n"
                      '#include "likeness_table.h"\n\n/* clang-format off */\n')
            out.write("const struct likeness_cell likeness_cells[LIKENESS_CELLS] = {\n")
            for bias, unit, weights in zip(self.cell_biases, self.cell_units, self.cells):
                out.write(f"\t{{ {bias:.5g}, {unit:.5g}, {{\n{row(weights)} }} }},\n")
            out.write("};\n\nconst struct likeness_class likeness_classes[LIKENESS_CLASSES] = {\n")
            for name, meant, bias, unit, weights in zip(self.words, self.meant, self.out_biases,
                                                        self.out_units, self.outs):
                out.write(f'\t{{ "{name}", {"true" if meant else "false"}, {bias:.5g}, {unit:.5g}, '
                          f"{{\n{row(weights)} }} }},\n")
            out.write("};\n/* clang-format on */\n")


def write_scores(path, weights, biases, note):
    """weights: {feature: [of each guess]}."""
    with open(path, "w", encoding="utf-8") as out:
        out.write(HEAD + "/*\n * score_table.h - the weights of score.c, written by "
                  "tests/listen/train_score.py.\n *\n")
        out.write("".join(f" * {line}\n" for line in note) + " */\n")
        out.write("/* clang-format off */\nstatic const struct weight weights[] = {\n")
        for name, (low, high) in BOUNDS.items():
            three = ", ".join(f"{weight:.4f}" for weight in weights[name])
            out.write(f'\t[FEATURE_{name.upper()}] = {{ "{name}", {low:.1f}, {high:.1f}, '
                      f"{{ {three} }} }},\n")
        out.write("};\n\nstatic const double biases[GUESS_COUNT] = { "
                  + ", ".join(f"{bias:.4f}" for bias in biases) + " };\n/* clang-format on */\n")
