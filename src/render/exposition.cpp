// SPDX-License-Identifier: MIT
#include "render/exposition.hpp"

#include <algorithm>
#include <utility>

#include <prometheus/text_serializer.h>

#include "render/families.hpp"

namespace checklist::render {
namespace {
using prometheus::MetricFamily;

struct Text {
  std::string head;  // "# HELP …\n# TYPE …\n"
  std::string samples;
};

Text text_of(const MetricFamily& family) {
  static const prometheus::TextSerializer serializer;
  std::string whole = serializer.Serialize({family});
  const auto samples = whole.find('\n', whole.find('\n') + 1) + 1;
  return {.head = whole.substr(0, samples), .samples = whole.substr(samples)};
}

std::vector<Text> texts_of(const std::vector<MetricFamily>& families) {
  std::vector<Text> out(families.size());
  std::ranges::transform(families, out.begin(), text_of);
  return out;
}

std::vector<std::string> samples_of(const ServiceReport& service, const Selection& selection) {
  std::vector<std::string> out;
  for (Text& text : texts_of(families_of(service, selection))) {
    out.push_back(std::move(text.samples));
  }
  return out;
}

// Families without samples are omitted.
void append(std::string& out, const std::vector<Text>& texts) {
  for (const Text& text : texts) {
    if (!text.samples.empty()) {
      out.append(text.head).append(text.samples);
    }
  }
}
}  // namespace

void Exposition::select(const Selection& selection) {
  selection_ = selection;
  samples_.clear();
}

std::string Exposition::text(const Report& report, const Figures& figures) {
  static const std::vector<Text> heads = texts_of(families_of(ServiceReport{}));
  const auto& of_services = samples_.of(report.services, [this](const ServiceReport& service) {
    return samples_of(service, selection_);
  });
  std::size_t size = 0;
  for (const Samples& service : of_services) {
    for (const std::string& samples : service) {
      size += samples.size();
    }
  }
  constexpr std::size_t own_lines = 16UL * 1024;
  std::string out;
  out.reserve(size + own_lines);
  for (std::size_t family = 0; family < heads.size(); ++family) {
    const auto has_samples = [family](const Samples& s) { return !s[family].empty(); };
    if (std::ranges::any_of(of_services, has_samples)) {
      out += heads[family].head;
    }
    for (const Samples& service : of_services) {
      out += service[family];
    }
  }
  append(out, report.host ? texts_of(families_of(*report.host, selection_)) : std::vector<Text>{});
  append(out, texts_of(families_of(figures, selection_.metrics)));
  return out;
}
}  // namespace checklist::render
