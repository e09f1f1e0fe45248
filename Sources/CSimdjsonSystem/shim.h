// simdjson is C++; only the target CSimdjson includes it, and Swift sees the C face of that target.
#pragma once
#include <simdjson.h>
