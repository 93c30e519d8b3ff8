import { Aws } from 'aws-cdk-lib';
import type { Region } from './regions.ts';

/**
 * What each thing is called. Names follow from the region's code, so that stacks find each other by name (no
 * exports that tie one's deployment to the other's), and the local home can host them under the same names.
 */
export const namesFor = (region: Pick<Region, 'code'>) => {
  const prefix = `irikteu-${region.code.toLowerCase()}`;
  return {
    prefix,
    dataStack: `${prefix}-data`,
    roundStack: `${prefix}-round`,
    recordsTable: `${prefix}-records`,
    personsTable: `${prefix}-persons`,
    /** Bucket names are unique in the world, hence the account. */
    documentsBucket: `${prefix}-documents-${Aws.ACCOUNT_ID}`,
    accessLogsBucket: `${prefix}-access-logs-${Aws.ACCOUNT_ID}`,
    recordsKeyAlias: `alias/${prefix}-records`,
    personsKeyAlias: `alias/${prefix}-persons`,
    documentsKeyAlias: `alias/${prefix}-documents`,
    /** Signs the bundles of results. */
    resultsKeyAlias: `alias/${prefix}-results`,
    /** The configuration set of SES under which letters leave. */
    mailEvents: `${prefix}-letters`,
    /** @param name of a function's bundle, such as `read-round` */
    function: (name: string): string => `${prefix}-${name}`,
    /** @param name of a machine, such as `selection-round` */
    machine: (name: string): string => `${prefix}-${name}`,
    /** CloudWatch namespace of what is counted in our logs. */
    metrics: `Irikteu/${region.code}`,
  };
};

export type Names = ReturnType<typeof namesFor>;

export const indexNames = ['list', 'owner'] as const;
