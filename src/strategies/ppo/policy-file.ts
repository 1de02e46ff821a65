import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FEATURES, REWARDS } from '../../config/rl-schema.ts';
import { ConfigError } from '../../util/errors.ts';

/** What a reader of the file needs to know; raised when a reader would have to know more. */
export const POLICY_FORMAT = 'mm-batch ppo policy';
export const POLICY_VERSION = 1;

const numbers = z.array(z.number());

const policyFile = z.strictObject({
  format: z.literal(POLICY_FORMAT),
  version: z.literal(POLICY_VERSION),
  /** The inputs, in order: (value − centre)/scale. */
  observation: z
    .array(z.strictObject({ feature: z.enum(FEATURES), centre: z.number(), scale: z.number().gt(0) }))
    .min(1),
  /** Applied to the inputs: (x − mean)/std, clipped to ±clip. */
  normalization: z.strictObject({ mean: numbers, std: z.array(z.number().gt(0)), clip: z.number().gt(0) }),
  /** Layers with tanh between them; weights are inputs × outputs, row by row, single precision. */
  network: z
    .array(z.strictObject({ inputs: z.int().min(1), outputs: z.int().min(1), weights: numbers, bias: numbers }))
    .min(1),
  /**
   * Half spreads [δb, δa] in price units: the middle of the range + half its width × output, clipped to the range; with `levels`,
   * those of the action with the largest output, level ⌊action/levels⌋ of the range at the bid and action mod levels at the ask.
   */
  action: z.strictObject({ low: z.number(), high: z.number(), levels: z.int().min(2).optional() }),
  /** Where the policy comes from. */
  training: z.strictObject({
    reward: z.enum(REWARDS),
    seed: z.union([z.number(), z.string()]),
    timesteps: z.int(),
    generator: z.string(),
  }),
});

/** A policy as it stands in a file. */
export type PolicyFile = z.output<typeof policyFile>;

/** @throws ConfigError naming the file where it cannot be read or is no policy of this version */
export function readPolicyFile(file: string): PolicyFile {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${file}: not a policy file: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = policyFile.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigError(
    `${file}: expected a policy file of version ${POLICY_VERSION} as \`mm-batch train\` writes it, got a wrong ` +
      `${issue?.path.join('.') || 'document'}: ${issue?.message ?? ''}`,
  );
}

/** Single-precision weights with as many digits as tell them apart. */
export function policyJson(policy: PolicyFile): string {
  return `${JSON.stringify(policy)}\n`;
}
