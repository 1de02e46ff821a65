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

enum { CHUNK = 1024, ROLE_PRICE = 0, ROLE_PRICE_REJECTED = 1, ROLE_FILLS = 2 };

struct cell {
  uint32_t key[4];
  int32_t steps, reach, rows, start_lots;
  double dt, sigma, mu, order_size;
  const double *gains;
  const int32_t *thresholds, *both_from;
};

struct columns {
  double *pnl, *max_drawdown, *integral_q2;
  int32_t *fills, *final_lots, *max_abs_lots;
};

static void simulate(const struct cell *cell, uint32_t first_path, int paths, const struct columns *columns) {
  static int32_t fill_draws[CHUNK], price_draws[CHUNK];
  static double shocks[CHUNK];
  const double *restrict gains = cell->gains;
  const int32_t *restrict thresholds = cell->thresholds;
  const int32_t *restrict both_from = cell->both_from;
  const double drift = cell->mu * cell->dt, scale = cell->sigma * sqrt(cell->dt), order_size = cell->order_size;
  const long stride = cell->rows == 1 ? 0 : 2 * (2 * (long)cell->reach + 1);
  for (int p = 0; p < paths; p++) {
    const uint32_t path = first_path + (uint32_t)p;
    long lots = cell->start_lots, lots2 = lots * lots, sum_lots2 = 0, max_lots2 = lots2;
    int fills = 0;
    double inventory = (double)lots * order_size, pnl = 0, last = 0, below = 0, drawdown = 0;
    long row = 2 * (long)cell->reach;
    for (int first = 0; first < cell->steps; first += CHUNK) {
      const int count = cell->steps - first < CHUNK ? cell->steps - first : CHUNK;
      const int blocks = (count + 3) >> 2;
      fill_words(cell->key, (uint32_t)first >> 2, path, 0, ROLE_FILLS, (uint32_t *)fill_draws, blocks);
      fill_words(cell->key, (uint32_t)first >> 2, path, 0, ROLE_PRICE, (uint32_t *)price_draws, blocks);
      words_to_normals(price_draws, count, (uint32_t)first, cell->key, path, ROLE_PRICE_REJECTED, shocks);
      for (int i = 0; i < count; i++) {
        const long at = row + 2 * lots;
        const int32_t word = fill_draws[i];
        const int bid_fills = word < thresholds[at];
        if (bid_fills || word > thresholds[at + 1]) {
          if (bid_fills) {
            pnl += gains[at];
            lots++;
            fills++;
          }
          if (!bid_fills || word >= both_from[at >> 1]) {
            pnl += gains[at + 1];
            lots--;
            fills++;
          }
          inventory = (double)lots * order_size;
          lots2 = lots * lots;
          max_lots2 = lots2 > max_lots2 ? lots2 : max_lots2;
        }
        sum_lots2 += lots2;
        pnl += inventory * (drift + scale * shocks[i]);
        below -= pnl - last;
        last = pnl;
        below = 0.5 * (below + fabs(below));
        drawdown = below > drawdown ? below : drawdown;
        row += stride;
      }
    }
    columns->pnl[p] = pnl;
    columns->max_drawdown[p] = drawdown;
    columns->integral_q2[p] = (double)sum_lots2 * order_size * order_size * cell->dt;
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

/* CELL: int32 key[4], steps, reach, rows, start lots; double dt, sigma, mu, order size; gains, thresholds, both_from. */
static struct cell read_cell(const char *name) {
  struct cell cell;
  FILE *file = fopen(name, "rb");
  check(file != NULL, "cannot open the cell");
  check(fread(&cell, 1, 64, file) == 64, "short cell");
  const size_t entries = (size_t)cell.rows * (2 * (size_t)cell.reach + 1);
  char *tables = aligned_alloc(64, (28 * entries + 63) / 64 * 64);
  check(tables != NULL && fread(tables, 28, entries, file) == entries, "short tables");
  fclose(file);
  cell.gains = (const double *)tables;
  cell.thresholds = (const int32_t *)(tables + 16 * entries);
  cell.both_from = cell.thresholds + 2 * entries;
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
