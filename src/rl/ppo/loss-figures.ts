/** What a gradient step reports, in the order of the loss's second output. */
export const LOSS_FIGURES = [
  'policy_gradient_loss',
  'value_loss',
  'entropy_loss',
  'approx_kl',
  'clip_fraction',
] as const;
