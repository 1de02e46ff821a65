import { type Progress, startProgress } from '../report/progress.ts';

/** What a command that simulates says on stderr, beside its progress. */
export class RunConsole {
  readonly #args: { readonly quiet: boolean; readonly verbose?: boolean; readonly progress: boolean };
  #progress: Progress | undefined;

  constructor(args: { readonly quiet: boolean; readonly verbose?: boolean; readonly progress: boolean }) {
    this.#args = args;
  }

  /** A line for the user, unless quiet. */
  readonly say = (line: string): void => {
    if (!this.#args.quiet) this.#print(line);
  };

  /** A line for who asked for more of them. */
  readonly log = (line: string): void => {
    if (this.#args.verbose === true) this.#print(line);
  };

  /** Shows how many of so many paths are done, where that is asked for. */
  start(paths: number): void {
    const { progress, quiet } = this.#args;
    if (progress && !quiet) this.#progress = startProgress(paths, process.stderr);
  }

  readonly onBlock: Progress['block'] = (...block) => this.#progress?.block(...block);

  /** Takes the display of progress away; lines can be said as before. */
  stop(): void {
    this.#progress?.stop();
  }

  #print(line: string): void {
    if (this.#progress !== undefined) this.#progress.print(line);
    else process.stderr.write(`${line}\n`);
  }
}
