// The same search as holden.mjs in C++, to be compiled with -O3: `holden FOLDER DIMENSION` reads rows, ranges, queries and
// continuing rows, answers every query, and writes answers (int32) and microseconds (float64) to the folder.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

namespace {

constexpr int kSmall = 16;
constexpr int kLarge = 64;
constexpr float kInfinity = std::numeric_limits<float>::infinity();

template <class T>
std::vector<T> read(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) {
    std::perror(path.c_str());
    std::exit(1);
  }
  std::fseek(file, 0, SEEK_END);
  std::vector<T> values(std::ftell(file) / sizeof(T));
  std::rewind(file);
  if (std::fread(values.data(), sizeof(T), values.size(), file) != values.size()) std::exit(1);
  std::fclose(file);
  return values;
}

template <class T>
void write(const std::string& path, const std::vector<T>& values) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file || std::fwrite(values.data(), sizeof(T), values.size(), file) != values.size()) std::exit(1);
  std::fclose(file);
}

struct Boxes {
  std::vector<float> low, high;

  Boxes(const std::vector<float>& rows, int dimension, int size) {
    const size_t count = rows.size() / dimension;
    const size_t boxes = (count + size - 1) / size;
    low.assign(boxes * dimension, kInfinity);
    high.assign(boxes * dimension, -kInfinity);
    for (size_t row = 0; row < count; row++) {
      for (int k = 0; k < dimension; k++) {
        const size_t at = row / size * dimension + k;
        low[at] = std::min(low[at], rows[row * dimension + k]);
        high[at] = std::max(high[at], rows[row * dimension + k]);
      }
    }
  }

  float distance(size_t box, const float* query, int dimension, float limit) const {
    float sum = 0;
    for (int k = 0; k < dimension; k++) {
      const size_t at = box * dimension + k;
      const float away = query[k] - std::min(std::max(query[k], low[at]), high[at]);
      sum += away * away;
      if (sum >= limit) break;
    }
    return sum;
  }
};

float rowDistance(const float* row, const float* query, int dimension, float limit) {
  float sum = 0;
  for (int k = 0; k < dimension; k++) {
    const float away = query[k] - row[k];
    sum += away * away;
    if (sum >= limit) break;
  }
  return sum;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string folder = argv[1];
  const int dimension = std::atoi(argv[2]);
  const auto rows = read<float>(folder + "/rows");
  const auto ranges = read<int32_t>(folder + "/ranges");
  const auto queries = read<float>(folder + "/queries");
  const auto continuing = read<int32_t>(folder + "/continuing");
  const Boxes small(rows, dimension, kSmall), large(rows, dimension, kLarge);

  std::vector<int32_t> answers(continuing);
  std::vector<double> micros(answers.size());
  for (size_t q = 0; q < answers.size(); q++) {
    const auto begun = std::chrono::steady_clock::now();
    const float* query = &queries[q * dimension];
    int32_t best = continuing[q];
    float cost = best < 0 ? kInfinity : rowDistance(&rows[size_t(best) * dimension], query, dimension, kInfinity);
    for (size_t r = 0; r < ranges.size(); r += 2) {
      const int32_t to = ranges[r + 1];
      for (int32_t row = ranges[r]; row < to;) {
        const int32_t outer = row / kLarge, outerEnd = std::min((outer + 1) * kLarge, to);
        if (large.distance(outer, query, dimension, cost) >= cost) {
          row = outerEnd;
          continue;
        }
        while (row < outerEnd) {
          const int32_t inner = row / kSmall, innerEnd = std::min((inner + 1) * kSmall, outerEnd);
          if (small.distance(inner, query, dimension, cost) >= cost) {
            row = innerEnd;
            continue;
          }
          for (; row < innerEnd; row++) {
            const float distance = rowDistance(&rows[size_t(row) * dimension], query, dimension, cost);
            if (distance < cost) {
              cost = distance;
              best = row;
            }
          }
        }
      }
    }
    answers[q] = best;
    micros[q] = std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun).count();
  }
  write(folder + "/answers", answers);
  write(folder + "/micros", micros);
}
