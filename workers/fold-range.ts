/** Worker thread entry point: what the paths of a range were folded to, encoded. */
import { type FoldRequest, foldOutcomes } from '../src/report/shards/fold-ranges.ts';
import { encodeStoredRange } from '../src/report/shards/shard-records.ts';

export default (request: FoldRequest): Uint8Array => encodeStoredRange(foldOutcomes(request));
