/* The 1024-layer ziggurat of src/simulate/random/ziggurat.ts: same tables, same words, same normals to the last bit. */
#ifndef ZIGGURAT_H
#define ZIGGURAT_H
#include <math.h>
#ifdef __AVX__
#include <immintrin.h>
#endif
#include "elementary.h"
#include "threefry.h"

enum { LAYERS = 1024, MOST_NORMALS = 4096 };
#define TAIL 4.038849846109505
#define AREA 0.001226324646353088
#define HALF_RANGE 2097152.0

static double edge[LAYERS + 1], density[LAYERS + 1], width[LAYERS];
static int32_t inside[LAYERS];

static double bell(double x) { return elementary_exp(-0.5 * x * x); }

static void build_ziggurat(void) {
  edge[0] = AREA / bell(TAIL);
  edge[1] = TAIL;
  for (int i = 2; i < LAYERS; i++) edge[i] = sqrt(-2 * elementary_log(AREA / edge[i - 1] + bell(edge[i - 1])));
  edge[LAYERS] = 0;
  for (int i = 0; i <= LAYERS; i++) density[i] = bell(edge[i]);
  for (int i = 0; i < LAYERS; i++) {
    width[i] = edge[i] / HALF_RANGE;
    inside[i] = (int32_t)floor(edge[i + 1] / edge[i] * HALF_RANGE);
  }
}

static double unit(uint32_t word) { return (word + 0.5) * 2.3283064365386963e-10; }

/* The wedge and tail tests. Out of line and behind vzeroupper: scalar SSE code must not meet dirty upper halves. */
static __attribute__((noinline)) double settle(int32_t word, uint32_t position, const uint32_t key[4], uint32_t path,
                                               uint32_t role) {
#ifdef __AVX__
  _mm256_zeroupper();
#endif
  uint32_t fresh[4];
  for (uint32_t attempt = 0;; attempt++) {
    const int layer = word & 1023;
    const int32_t u = word >> 10;
    const double x = (u + 0.5) * width[layer];
    if ((u ^ (u >> 31)) < inside[layer]) return x;
    fill_words(key, position, path, attempt, role, fresh, 1);
    if (layer == 0) {
      const double beyond = -elementary_log(unit(fresh[1])) / TAIL;
      if (-2 * elementary_log(unit(fresh[2])) > beyond * beyond) return u < 0 ? -TAIL - beyond : TAIL + beyond;
      continue;
    }
    const double height = density[layer] + unit(fresh[3]) * (density[layer + 1] - density[layer]);
    if (height < bell(x)) return x;
    word = (int32_t)fresh[0];
  }
}

static void words_to_normals(const int32_t *restrict words, int count, uint32_t position, const uint32_t key[4],
                             uint32_t path, uint32_t role, double *restrict out) {
  static int32_t rejected[MOST_NORMALS];
  int rejections = 0;
  for (int i = 0; i < count; i++) {
    const int32_t word = words[i], u = word >> 10;
    out[i] = (u + 0.5) * width[word & 1023];
    rejected[rejections] = i;
    rejections += (u ^ (u >> 31)) >= inside[word & 1023];
  }
  for (int r = 0; r < rejections; r++) {
    const int i = rejected[r];
    out[i] = settle(words[i], position + (uint32_t)i, key, path, role);
  }
}
#endif
