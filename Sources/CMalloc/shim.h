#pragma once
/* How much memory threads keep for themselves, which the Glibc module does not show. */
#include <malloc.h>
