/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/person.h"

#include "ease/log.h"

#include <flite/flite.h>
#include <stdlib.h>
#include <string.h>

/* flite_cmu_us_slt has no header of its own. */
cst_voice *register_cmu_us_slt(const char *voice_folder);
void unregister_cmu_us_slt(cst_voice *voice);

static enum status copy(const cst_wave *wave, int16_t **samples, size_t *count, uint32_t *rate)
{
	if (wave->num_samples < 0 || wave->sample_rate <= 0 || wave->num_channels != 1) {
		return STATUS_BACKEND;
	}
	const size_t length = (size_t)wave->num_samples;
	int16_t *out = malloc((length + 1) * sizeof(*out));
	if (out == NULL) {
		return STATUS_NO_MEM;
	}
	memcpy(out, wave->samples, length * sizeof(*out));
	*samples = out;
	*count = length;
	*rate = (uint32_t)wave->sample_rate;
	return STATUS_OK;
}

enum status person_say(const char *text, int16_t **samples, size_t *count, uint32_t *rate)
{
	if (flite_init() != 0) {
		log_error("speech", "flite does not start");
		return STATUS_BACKEND;
	}
	cst_voice *voice = register_cmu_us_slt(NULL);
	if (voice == NULL) {
		log_error("speech", "flite has no voice cmu_us_slt");
		return STATUS_BACKEND;
	}
	/* its noise comes from rand(): the same text must sound the same every time */
	srand(1); /* NOLINT(cert-msc32-c,cert-msc51-cpp): predictable is what is wanted */
	cst_wave *wave = flite_text_to_wave(text, voice);
	enum status status = STATUS_BACKEND;
	if (wave != NULL) {
		status = copy(wave, samples, count, rate);
		delete_wave(wave);
	}
	unregister_cmu_us_slt(voice);
	return status;
}
