import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Lets one finding of cdk-nag's AwsSolutions pack stand on one construct, for a reason in words. */
export const acknowledge = (construct: IConstruct, id: `AwsSolutions-${string}`, reason: string): void => {
  Validations.of(construct).acknowledge({ id, reason });
};
