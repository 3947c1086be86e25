/* SPDX-License-Identifier: GPL-3.0-or-later */
/* easectl - the remote control and the workshop of Ease. */
#include "ctl.h"

int main(int argc, char **argv)
{
	return ctl_run(argc, argv, stdout, stderr);
}
