import { definePlugin } from '../../core/index.js';
import { advantageSignal } from './advantage-signal.js';
import { gradientNorm } from './gradient-norm.js';
import { gradientVariance } from './gradient-variance.js';
import { jacobianCovariance } from './jacobian-covariance.js';
import { ntkCondition } from './ntk-condition.js';
import { oneUpdateGain } from './one-update-gain.js';
import { untrainedEntropy } from './policy-entropy.js';

export {
  advantageSignal,
  gradientNorm,
  gradientVariance,
  jacobianCovariance,
  ntkCondition,
  oneUpdateGain,
  untrainedEntropy,
};

/** What can be said of any network before it is trained. */
export default definePlugin({
  name: 'measures',
  version: '1',
  measures: [
    gradientNorm,
    gradientVariance,
    jacobianCovariance,
    ntkCondition,
    untrainedEntropy,
    advantageSignal,
    oneUpdateGain,
  ],
});
