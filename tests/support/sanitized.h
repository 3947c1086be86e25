/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sanitized.h - defines SANITIZED where a sanitizer brings its own allocator, which cannot be stood
 * in for. */
#ifndef EASE_TESTS_SANITIZED_H
#define EASE_TESTS_SANITIZED_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

#endif
