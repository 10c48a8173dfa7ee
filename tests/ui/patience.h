#pragma once

#include <QTest>

// Qt Test gives up after 5 s, which a machine that also runs a lab can need for what takes 50 ms on an idle
// one.
#undef QTRY_VERIFY
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT((expression), 30000)
#undef QTRY_COMPARE
#define QTRY_COMPARE(expression, expected) QTRY_COMPARE_WITH_TIMEOUT((expression), expected, 30000)

namespace inodeck::test {

/// Bound for QTest::qWaitFor(), in ms; see above.
inline constexpr int Patience = 30000;

} // namespace inodeck::test
