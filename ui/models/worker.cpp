#include "ui/models/worker.h"

#include <utility>

namespace inodeck::ui {

Worker::Worker(QObject* parent)
    : QObject(parent)
    , m_cancel(std::make_shared<Cancel>()) {
    m_pool.setMaxThreadCount(1);
}

Worker::~Worker() {
    m_cancel->request();
    m_pool.waitForDone();
}

void Worker::drop() {
    m_cancel->request();
    m_cancel = std::make_shared<Cancel>();
    ++m_generation;
    m_busy = false;
}

void Worker::run(std::function<Then(const Cancel&)> task) {
    drop();
    m_busy = true;
    m_pool.start([this, task = std::move(task), cancel = m_cancel, generation = m_generation] {
        Then then = task(*cancel);
        QMetaObject::invokeMethod(
            this,
            [this, then = std::move(then), generation] {
                if (generation != m_generation)
                    return;
                m_busy = false;
                then();
            },
            Qt::QueuedConnection);
    });
}

} // namespace inodeck::ui
