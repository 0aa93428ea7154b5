#include "core/base/text.hpp"
