#pragma once
#include <spawn.h>
/* GNU parts of posix_spawn, which the Glibc module does not show. */
#ifndef POSIX_SPAWN_SETSID
#define POSIX_SPAWN_SETSID 0x80
#endif
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *__restrict, const char *__restrict);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
