import { type CfnElement, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Region } from './regions.ts';

/** A stack of one region whose template reads well: what is called Web in code is called Web in CloudFormation. */
export class RegionStack extends Stack {
  constructor(scope: Construct, id: string, region: Region, description: string) {
    super(scope, id, {
      description,
      env: { region: region.awsRegion },
      // People deploy these stacks one by one; none may be deleted by a slip.
      terminationProtection: true,
    });
    Tags.of(this).add('irikteu:region', region.code);
  }

  /** The path without CDK's own words and hashes. Two equal names make the synthesis fail. */
  protected override allocateLogicalId(element: CfnElement): string {
    const parts = element.node.path.split('/').slice(this.node.path.split('/').length);
    return parts
      .filter((part) => !['Resource', 'Default'].includes(part))
      .map((part) => part.replace(/^AllowEventRule.*/, 'Permission').replace(/[^A-Za-z0-9]/g, ''))
      .join('');
  }
}
