import { all } from '../../report/html/client/page.ts';
import {
  type ExploreParameters,
  INITIAL,
  objection,
  PARAMETERS,
  type Parameter,
  type ParameterKey,
  PRESETS,
  positionOf,
  valueAt,
} from '../parameters.ts';

/** What the page's controls say; a problem where they contradict each other or a number is out of range. */
export type Chosen =
  | { readonly state: 'valid'; readonly parameters: ExploreParameters }
  | { readonly state: 'invalid'; readonly problem: string };

/** The slider, number field and (where it has one) `no bound` box of each parameter. */
export class Controls {
  #values: ExploreParameters = INITIAL;
  readonly #changed: (chosen: Chosen) => void;

  constructor(changed: (chosen: Chosen) => void) {
    this.#changed = changed;
    for (const parameter of PARAMETERS) this.#wire(parameter);
    for (const button of all('button[data-preset]', HTMLButtonElement)) {
      const preset = PRESETS.find(({ id }) => id === button.dataset['preset']);
      button.onclick = () => this.show(preset?.parameters ?? INITIAL);
    }
  }

  /** Sets every control, and tells of it. */
  show(parameters: ExploreParameters): void {
    this.#values = parameters;
    for (const parameter of PARAMETERS) {
      const { number, free } = controlsOf(parameter);
      const value = parameters[parameter.key];
      number.value = value === null ? '' : String(value);
      number.disabled = value === null;
      if (free !== undefined) free.checked = value === null;
      place(parameter, value);
    }
    this.#tell();
  }

  lift(): void {
    this.show({ ...this.#values, delta_min: null, delta_max: null });
  }

  #wire(parameter: Parameter): void {
    const { slider, number, free } = controlsOf(parameter);
    slider.oninput = () => {
      const value = valueAt(parameter, Number(slider.value));
      number.value = String(value);
      number.disabled = false;
      if (free !== undefined) free.checked = false;
      this.#set(parameter, value);
    };
    number.oninput = () => this.#set(parameter, number.valueAsNumber);
    if (free === undefined) return;
    free.onchange = () => {
      const value = free.checked ? null : valueAt(parameter, Number(slider.value));
      number.value = value === null ? '' : String(value);
      number.disabled = value === null;
      this.#set(parameter, value);
    };
  }

  #set(parameter: Parameter, value: number | null): void {
    this.#values = { ...this.#values, [parameter.key]: value };
    if (value !== null && Number.isFinite(value)) place(parameter, value);
    this.#tell();
  }

  #tell(): void {
    const problem = problemOf(this.#values);
    this.#changed(problem === undefined ? { state: 'valid', parameters: this.#values } : { state: 'invalid', problem });
  }
}

/** Marks the fields that are wrong; the first of their problems. */
function problemOf(values: ExploreParameters): string | undefined {
  let first: string | undefined;
  for (const parameter of PARAMETERS) {
    const { key, meaning, symbol } = parameter;
    const value = values[key];
    const wanted = value === null ? undefined : objection(parameter, value);
    controlsOf(parameter).number.setAttribute('aria-invalid', String(wanted !== undefined));
    if (wanted !== undefined) first ??= `${symbol} (${meaning}) takes ${wanted}.`;
  }
  const { delta_min, delta_max } = values;
  const isCrossed = delta_min !== null && delta_max !== null && delta_min > delta_max;
  return first ?? (isCrossed ? 'The least distance exceeds the greatest one.' : undefined);
}

/** Puts a parameter's slider where the value is. */
function place(parameter: Parameter, value: number | null): void {
  const { slider } = controlsOf(parameter);
  if (value !== null) slider.value = String(positionOf(parameter, value));
  slider.setAttribute('aria-valuetext', value === null ? 'no bound' : `${value} ${parameter.unit}`);
  slider.classList.toggle('unused', value === null);
}

function controlsOf({ key, nullable }: Parameter) {
  return {
    slider: input('slider', key),
    number: input('number', key),
    free: nullable ? input('free', key) : undefined,
  };
}

function input(role: string, key: ParameterKey): HTMLInputElement {
  const found = document.getElementById(`${role}-${key}`);
  if (!(found instanceof HTMLInputElement)) throw new Error(`page: no input #${role}-${key}`);
  return found;
}
