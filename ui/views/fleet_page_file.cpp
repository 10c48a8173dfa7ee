// The file that the page edits: opened, begun, saved, changed by somebody else.
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>

#include "ui/views/fleet_page.h"

namespace inodeck::ui {

void FleetPage::open(const std::string& path) {
    afterUnsavedEdits([this, path] { load(path); });
}

void FleetPage::askForFile() {
    auto* dialog = new QFileDialog(this, tr("Open a fleet file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Fleet files (*.yaml *.yml)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { open(path.toStdString()); });
    dialog->open();
}

void FleetPage::load(const std::string& path) {
    const auto text = m_document.open(path);
    if (!text) {
        m_banner->show(QString::fromStdString(text.error().message));
        return;
    }
    m_banner->show({});
    m_edit->setText(*text);
    // What the editor cannot give back as it was (lone carriage returns, mixed line ends) it must not save.
    const bool exact = m_edit->text() == *text;
    m_edit->setReadOnly(!exact);
    if (!exact)
        m_banner->show(tr("This file has line ends that cannot be kept here: it can be read, not edited."));
    updateState();
}

void FleetPage::beginNew() {
    afterUnsavedEdits([this] {
        QFile file(QStringLiteral(":/fleet/inodeck.yaml"));
        (void)file.open(QIODevice::ReadOnly);
        m_document.begin();
        m_banner->show({});
        m_edit->setReadOnly(false);
        m_edit->setText(QString::fromUtf8(file.readAll()));
        m_edit->document()->setModified(true); // it is nowhere yet
        updateState();
        m_edit->setFocus();
    });
}

/// Whether it is saved; otherwise the page says why, or asks where.
bool FleetPage::saveFile() {
    if (!hasUnsavedEdits() || m_edit->isReadOnly())
        return false;
    if (m_document.path().empty()) {
        askWhereToSave();
        return false;
    }
    const auto saved = m_document.save(m_edit->text());
    if (!saved) {
        m_banner->show(QString::fromStdString(saved.error().message),
                       m_document.changedOnDisk() ? tr("&Load it, drop my edits") : QString());
        return false;
    }
    m_banner->show({});
    m_edit->document()->setModified(false);
    updateState();
    if (auto then = std::exchange(m_afterSave, {}))
        then();
    return true;
}

void FleetPage::askWhereToSave() {
    if (m_edit->isReadOnly())
        return; // the copy would differ
    auto* dialog = new QFileDialog(this, tr("Save the fleet file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    dialog->selectFile(QStringLiteral("inodeck.yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const auto saved = m_document.saveAs(m_edit->text(), path.toStdString());
        if (!saved) {
            m_banner->show(QString::fromStdString(saved.error().message));
            return;
        }
        m_banner->show({});
        m_edit->document()->setModified(false);
        check(); // its messages name the place
        if (auto then = std::exchange(m_afterSave, {}))
            then();
    });
    dialog->open();
}

void FleetPage::afterUnsavedEdits(std::function<void()> then) {
    m_afterSave = {};
    if (!hasUnsavedEdits()) {
        then();
        return;
    }
    auto* box = new QMessageBox(QMessageBox::Question, tr("Unsaved edits"),
                                tr("The fleet file has edits that are not saved."),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Save);
    connect(box, &QMessageBox::finished, this, [this, then = std::move(then)](int answer) {
        if (answer == QMessageBox::Discard) {
            m_edit->document()->setModified(false);
            then();
        } else if (answer == QMessageBox::Save) {
            m_afterSave = then;
            saveFile();
        }
    });
    box->open();
}

void FleetPage::lookAtDisk() {
    if (!m_document.changedOnDisk())
        return;
    if (!hasUnsavedEdits()) {
        load(m_document.path()); // nothing is lost by it
        return;
    }
    m_banner->show(
        tr("The file was changed or removed by somebody else since it was read. It is not overwritten."),
        tr("&Load it, drop my edits"));
}

} // namespace inodeck::ui
