# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual sound card for live tests: a private PulseAudio server without hardware.

  spk   null sink: the loudspeaker; what is played is recorded from spk.monitor
  room  null sink: the air before the microphone; what is played there, the user says
  mic   the microphone: room.monitor

No system file, no D-Bus and no home folder is touched, and root may run it. The microphone may
stand on a server of its own, so that one side can fail while the other goes on.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time

TOOLS = ("pulseaudio", "pactl", "parec", "paplay")
RATE = 48000

SPEAKER = "load-module module-null-sink sink_name=spk norewinds=1 rate=48000 channels=1 format=s16le\n"
MICROPHONE = (
    "load-module module-null-sink sink_name=room norewinds=1 rate=48000 channels=1 format=s16le\n"
    "load-module module-remap-source source_name=mic master=room.monitor channels=1 rate=48000"
    " remix=no\n"
)
ECHO = (
    "load-module module-loopback source=spk.monitor sink=room latency_msec=60"
    " sink_dont_move=true source_dont_move=true\n"
)
# The file replaces the system's ALSA settings: only these devices exist. Without
# handle_underrun the plug-in hides underruns from PortAudio.
ALSA = """\
pcm.spk {{ type pulse server "{speaker}" device spk handle_underrun 1
           hint {{ show on description "virtual speaker" }} }}
pcm.mic {{ type pulse server "{microphone}" device mic
           hint {{ show on description "virtual microphone" }} }}
pcm.!default {{ type asym playback.pcm spk capture.pcm mic
                hint {{ show on description "virtual card" }} }}
ctl.!default {{ type pulse server "{speaker}" }}
"""


def missing():
    """The tools that are not there, as text; empty when a card can be made."""
    return " ".join(tool for tool in TOOLS if shutil.which(tool) is None)


class Server:
    """One PulseAudio server in a folder of its own."""

    def __init__(self, folder, script):
        self.folder = folder
        for name in ("run", "run/pulse", "state", "config", "home"):
            os.makedirs(os.path.join(folder, name), mode=0o700)
        self.socket = os.path.join(folder, "run", "pulse", "native")
        self.address = "unix:" + self.socket
        self.environment = dict(
            os.environ,
            XDG_RUNTIME_DIR=os.path.join(folder, "run"),
            PULSE_RUNTIME_PATH=os.path.join(folder, "run", "pulse"),
            PULSE_STATE_PATH=os.path.join(folder, "state"),
            PULSE_CONFIG_PATH=os.path.join(folder, "config"),
            PULSE_SERVER=self.address,
            HOME=os.path.join(folder, "home"),
        )
        script = (
            f"load-module module-native-protocol-unix auth-anonymous=1 socket={self.socket}\n" + script
        )
        self.log = os.path.join(folder, "pulse.log")
        path = os.path.join(folder, "default.pa")
        with open(path, "w", encoding="ascii") as file:
            file.write(script)
        self.process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
             "--disable-shm=yes", "--realtime=yes", "--high-priority=yes",
             "--log-target=file:" + self.log, "-F", path],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + 20
        while self.call("pactl", "info").returncode != 0:
            if self.process.poll() is not None or time.monotonic() > deadline:
                with open(self.log, encoding="utf-8", errors="replace") as file:
                    raise RuntimeError("pulseaudio does not start:\n" + file.read())
            time.sleep(0.01)

    def call(self, *command):
        return subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False)

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.kill()


class VirtualCard:
    """Both ends of the card; a context manager. With echo_db the microphone hears the loudspeaker,
    about 75 ms late and changed by so many dB."""

    def __init__(self, echo_db=None, two_servers=False):
        self.folder = tempfile.mkdtemp(prefix="ease-card-")
        self.processes = []
        first = SPEAKER
        if not two_servers:
            first += MICROPHONE + (ECHO if echo_db is not None else "")
        first += "set-default-sink spk\n"
        self.speaker = Server(os.path.join(self.folder, "a"), first)
        self.microphone = self.speaker
        if two_servers:
            self.microphone = Server(os.path.join(self.folder, "b"), MICROPHONE)
        if echo_db is not None:
            # The loopback is the only stream yet; PulseAudio's volumes are cubic.
            listing = self.speaker.call("pactl", "list", "short", "sink-inputs").stdout
            self.speaker.call("pactl", "set-sink-input-volume", listing.split()[0],
                              str(round(65536 * 10 ** (echo_db / 60))))
        alsa = os.path.join(self.folder, "asound.conf")
        with open(alsa, "w", encoding="ascii") as file:
            file.write(ALSA.format(speaker=self.speaker.address,
                                   microphone=self.microphone.address))
        self.environment = dict(self.speaker.environment, ALSA_CONFIG_PATH=alsa,
                                JACK_NO_START_SERVER="1")

    def say(self, wav, level=1.0):
        """Plays a recording into the room; returns the running process."""
        volume = f"--volume={int(65536 * level ** (1 / 3))}"
        return self._start(self.microphone,
                           ["paplay", "--device=room", "--latency-msec=20", volume, wav])

    def record(self, source="spk.monitor"):
        """Starts to record one source of either server; see sound.Recording."""
        server = self.speaker if source.startswith("spk") else self.microphone
        return self._start(
            server, ["parec", "--device=" + source, f"--rate={RATE}", "--channels=1",
                     "--format=s16le", "--raw", "--latency-msec=20"], stdout=subprocess.PIPE)

    def _start(self, server, command, stdout=subprocess.DEVNULL):
        process = subprocess.Popen(command, env=server.environment, stdin=subprocess.DEVNULL,
                                   stdout=stdout, stderr=subprocess.DEVNULL)
        self.processes.append(process)
        return process

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        for server in {self.speaker, self.microphone}:
            server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
