#include "ui/views/banner.h"

#include <QHBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

Banner::Banner(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(copyableLabel({}))
    , m_button(new QPushButton) {
    setFrameShape(QFrame::StyledPanel);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &Banner::pressed);
    m_button->hide();
    setDark(false);
    hide();
}

void Banner::show(const QString& sentence, const QString& button) {
    m_text->setText(sentence);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setVisible(!sentence.isEmpty());
}

void Banner::setDark(bool dark) {
    m_icon->setPixmap(icon(Verdict::NotLoaded, dark).pixmap(16, 16));
}

} // namespace inodeck::ui
