import { lambdaAsking } from '#functions/adapters/lambda/asking.ts';
import { joinUpload } from '#shared/domain/slices.ts';
import type { JoinSlices } from '#shared/ports/files.ts';

/** Asks the function that may read what was uploaded, and waits until it has put the slices together. */
export const lambdaJoining = (documentsFunction: () => string): JoinSlices => {
  const joined = lambdaAsking(joinUpload, documentsFunction);
  return async (order) => (await joined(order)).whole;
};
