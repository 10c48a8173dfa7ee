#include "core/events/loki_push.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <array>
#include <zlib.h>

namespace inodeck {

namespace {

QJsonObject labelsOf(const Parcel& parcel) {
    return {{QStringLiteral("app"), QString::fromStdString(parcel.app)},
            {QStringLiteral("env"), QString::fromStdString(parcel.env)},
            {QStringLiteral("service"), QStringLiteral("deployment")},
            {QStringLiteral("stream"), QString::fromStdString(parcel.stream)}};
}

/// Loki's words for entries that it will not take today nor tomorrow. It answers 400 for other things too,
/// and so do servers in front of it; those must not cost an event.
constexpr std::array<std::string_view, 6> ForEver{"too far behind", "too old",       "out of order",
                                                  "max entry size", "max line size", "label value too long"};

} // namespace

std::string lokiBody(const std::vector<Parcel>& parcels) {
    struct Stream {
        QJsonObject labels;
        QJsonArray values;
    };
    std::vector<Stream> streams;
    for (const Parcel& parcel : parcels) {
        const QJsonObject labels = labelsOf(parcel);
        auto stream = std::find_if(streams.begin(), streams.end(),
                                   [&](const Stream& known) { return known.labels == labels; });
        if (stream == streams.end())
            stream = streams.insert(stream, Stream{labels, {}});
        const auto ns = static_cast<qint64>(parcel.time.time_since_epoch().count());
        stream->values.append(QJsonArray{QString::number(ns), QString::fromStdString(parcel.line)});
    }
    QJsonArray all;
    for (const Stream& stream : streams)
        all.append(QJsonObject{{QStringLiteral("stream"), stream.labels},
                               {QStringLiteral("values"), stream.values}});
    return QJsonDocument(QJsonObject{{QStringLiteral("streams"), all}})
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

Result<std::string> gzip(std::string_view bytes) {
    constexpr int GzipWindow = 15 + 16;
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return fail(ErrorCode::Internal, "zlib could not start.");
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (ended != Z_STREAM_END)
        return fail(ErrorCode::Internal, "zlib could not compress events.");
    return out;
}

LokiVerdict lokiVerdict(long status, std::string_view body) {
    // Loki answers 204. A page of a portal or proxy answers 200 and has swallowed nothing but the request.
    if (status == 204 || (status == 200 && body.empty()))
        return LokiVerdict::Accepted;
    if (status == 408 || status == 429 || status >= 500)
        return LokiVerdict::Later;
    const bool named = std::any_of(ForEver.begin(), ForEver.end(), [&](std::string_view words) {
        return body.find(words) != std::string_view::npos;
    });
    if (status == 413 || ((status == 400 || status == 422) && named))
        return LokiVerdict::Refused;
    return LokiVerdict::Stopped;
}

} // namespace inodeck
