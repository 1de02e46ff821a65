/*
 * The stepped kernel of src/simulate in C: same streams, tables and order of operations, so that PnL agrees bit for bit.
 * Usage: reference CELL FIRST_PATH PATHS [OUT]. CELL is written by bench/peers/reference.js. Prints the nanoseconds of
 * processor time that the simulation took; OUT receives the columns pnl, maxDrawdown, integralQ2 (double), fills, finalLots, maxAbsLots.
 * Build: gcc -O3 -march=native -ffp-contract=off reference.c -lm
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "ziggurat.h"

enum { CHUNK = 1024, ROLE_PRICE = 0, ROLE_PRICE_REJECTED = 1, ROLE_FILL_BYTES = 6, ROLE_FILL_BYTES_TIED = 7 };

struct cell {
  uint32_t key[4];
  int32_t steps, reach, rows, start_lots;
  double dt, sigma, mu, order_size;
  const double *gains;
  const int32_t *thresholds, *both_from, *bands;
};

struct columns {
  double *pnl, *max_drawdown, *integral_q2;
  int32_t *fills, *final_lots, *max_abs_lots;
};

static void simulate(const struct cell *cell, uint32_t first_path, int paths, const struct columns *columns) {
  static uint32_t byte_words[CHUNK / 4];
  static int32_t price_draws[CHUNK];
  static double shocks[CHUNK];
  const uint8_t *bytes = (const uint8_t *)byte_words;
  const double *restrict gains = cell->gains;
  const int32_t *restrict thresholds = cell->thresholds;
  const int32_t *restrict both_from = cell->both_from;
  const int32_t *restrict bands = cell->bands;
  const double drift = cell->mu * cell->dt * cell->order_size;
  const double scale = cell->sigma * sqrt(cell->dt) * cell->order_size;
  const long rows = cell->rows, stride = rows == 1 ? 0 : 1;
  for (int p = 0; p < paths; p++) {
    const uint32_t path = first_path + (uint32_t)p;
    long lots = cell->start_lots, sum_lots2 = 0, max_lots2 = lots * lots;
    long at = (lots + cell->reach) * rows;
    int fills = 0;
    double trend = (double)lots * drift, exposure = (double)lots * scale, pnl = 0, below = 0, drawdown = 0;
    for (int first = 0; first < cell->steps; first += CHUNK) {
      const int count = cell->steps - first < CHUNK ? cell->steps - first : CHUNK;
      const int words = (count + 3) >> 2;
      fill_words(cell->key, (uint32_t)first >> 4, path, 0, ROLE_FILL_BYTES, byte_words, (words + 3) >> 2);
      fill_words(cell->key, (uint32_t)first >> 2, path, 0, ROLE_PRICE, (uint32_t *)price_draws, words);
      words_to_normals(price_draws, (count + 3) & ~3, (uint32_t)first, cell->key, path, ROLE_PRICE_REJECTED, shocks);
      int since = 0;
      for (int i = 0; i < count; i++) {
        const int32_t band = bands[at];
        const int off = bytes[i] - (band & 511), span = (band >> 9) & 511;
        if ((unsigned)off >= (unsigned)span) {
          int change = 0;
          double gain = 0;
          /* Likely; a byte that does not decide is one in a hundred steps. */
          if (__builtin_expect(off > span || off < -(band >> 18), 1)) {
            const int bid = off < 0;
            change = 2 * bid - 1;
            gain = gains[2 * at + 1 - bid];
            fills++;
          } else {
            uint32_t rest[4];
            fill_words(cell->key, (uint32_t)(first + i), path, 0, ROLE_FILL_BYTES_TIED, rest, 1);
            const int32_t word = (int32_t)((uint32_t)(bytes[i] ^ 128) << 24 | rest[0] >> 8);
            const int bid_fills = word < thresholds[2 * at];
            const int ask_fills = bid_fills ? word >= both_from[at] : word > thresholds[2 * at + 1];
            if (bid_fills) gain += gains[2 * at];
            if (ask_fills) gain += gains[2 * at + 1];
            change = bid_fills - ask_fills;
            fills += bid_fills + ask_fills;
          }
          pnl += gain;
          below -= gain;
          if (change != 0) {
            sum_lots2 += lots * lots * (i - since);
            since = i;
            lots += change;
            at += change * rows;
            trend = (double)lots * drift;
            exposure = (double)lots * scale;
            max_lots2 = lots * lots > max_lots2 ? lots * lots : max_lots2;
          }
        }
        const double move = trend + exposure * shocks[i];
        pnl += move;
        below -= move;
        below = 0.5 * (below + fabs(below));
        drawdown = below > drawdown ? below : drawdown;
        at += stride;
      }
      sum_lots2 += lots * lots * (count - since);
    }
    columns->pnl[p] = pnl;
    columns->max_drawdown[p] = drawdown;
    columns->integral_q2[p] = (double)sum_lots2 * cell->order_size * cell->order_size * cell->dt;
    columns->fills[p] = fills;
    columns->final_lots[p] = (int32_t)lots;
    columns->max_abs_lots[p] = (int32_t)sqrt((double)max_lots2);
  }
}

static void check(int ok, const char *what) {
  if (ok) return;
  fprintf(stderr, "reference: %s\n", what);
  exit(1);
}

/* CELL: int32 key[4], steps, reach, rows, start lots; double dt, sigma, mu, order size; gains, thresholds, both_from, bands. */
static struct cell read_cell(const char *name) {
  struct cell cell;
  FILE *file = fopen(name, "rb");
  check(file != NULL, "cannot open the cell");
  check(fread(&cell, 1, 64, file) == 64, "short cell");
  const size_t entries = (size_t)cell.rows * (2 * (size_t)cell.reach + 1);
  char *tables = aligned_alloc(64, (32 * entries + 63) / 64 * 64);
  check(tables != NULL && fread(tables, 32, entries, file) == entries, "short tables");
  fclose(file);
  cell.gains = (const double *)tables;
  cell.thresholds = (const int32_t *)(tables + 16 * entries);
  cell.both_from = cell.thresholds + 2 * entries;
  cell.bands = cell.both_from + entries;
  return cell;
}

int main(int argc, char **argv) {
  check(argc >= 4, "usage: reference CELL FIRST_PATH PATHS [OUT]");
  const struct cell cell = read_cell(argv[1]);
  const size_t paths = (size_t)atol(argv[3]);
  char *results = malloc(36 * paths);
  check(results != NULL, "out of memory");
  memset(results, 1, 36 * paths); /* The pages are there before the clock runs. */
  double *doubles = (double *)results;
  int32_t *integers = (int32_t *)(results + 24 * paths);
  const struct columns columns = {doubles,  doubles + paths,  doubles + 2 * paths,
                                  integers, integers + paths, integers + 2 * paths};
  build_ziggurat();
  struct timespec from, to;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  simulate(&cell, (uint32_t)atol(argv[2]), (int)paths, &columns);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  printf("%lld\n", (to.tv_sec - from.tv_sec) * 1000000000LL + (to.tv_nsec - from.tv_nsec));
  if (argc > 4) {
    FILE *out = fopen(argv[4], "wb");
    check(out != NULL && fwrite(results, 36, paths, out) == paths && fclose(out) == 0, "cannot write the results");
  }
  return 0;
}
