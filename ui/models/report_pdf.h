#pragma once

#include <QByteArray>

#include "core/report/document.h"

namespace inodeck::ui {

/// The page of toHtml() as a PDF: A4, numbered pages, nothing fetched, long words broken. Any thread.
QByteArray toPdf(const report::Document& document);

} // namespace inodeck::ui
