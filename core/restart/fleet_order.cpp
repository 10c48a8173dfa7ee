#include "core/restart/restart.h"

namespace inodeck {

RestartOrder orderOf(const Service& service) {
    RestartOrder order;
    order.command = service.restart;
    order.validate = service.validate;
    order.healthTimeout = service.healthTimeout;
    order.secret = service.secret;
    return order;
}

RestartOrder orderOf(const Fleet& fleet, const RestartPlan& plan) {
    const Container& c = plan.container;
    const Service* service = findService(fleet, plan.host, c.project, c.service.empty() ? c.name : c.service);
    return orderOf(service ? *service : fleet.serviceDefaults);
}

} // namespace inodeck
