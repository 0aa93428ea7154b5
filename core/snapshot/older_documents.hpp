// Documents of a state that an older azid wrote.
#pragma once

#include "core/base/json.hpp"

namespace azid::snapshot {

// The tables of a document as this azid would have written them: where its state is older than version 6, the
// steps in the table "events" are put into the rows of "journal" that they are of. What is no list of objects
// there is left as it is. Takes the object of tables and the number in stateVersion.
Json tables_of_today(Json tables, int state_version);

}  // namespace azid::snapshot
