import { wishesOf } from '#infra/local/endpoint/dynamodb-wishes.ts';
import type { Authorize, Caller } from '#infra/local/ports.ts';
import type { Description } from '#infra/local/template/description.ts';

type Table = { arn: string; key?: { arn: string; context: Readonly<Record<string, string>> } };

/**
 * Checks that a caller may do what a DynamoDB request asks for, also with the customer key of each table: every use of
 * an item needs kms:Decrypt through DynamoDB, or AWS refuses it.
 */
export const tableGrants = (description: Description, authorize: Authorize) => {
  const tables = new Map(description.tables.map((table) => [table.name, grantsOf(table, description)]));

  return (caller: Caller, operation: string, body: unknown): void => {
    for (const { action, table: name, index } of wishesOf(operation, body)) {
      const table = tables.get(name) ?? { arn: name };
      authorize(caller, action, index === undefined ? table.arn : `${table.arn}/index/${index}`);
      if (table.key) authorize(caller, 'kms:Decrypt', table.key.arn, table.key.context);
    }
  };
};

const grantsOf = (
  { arn, Replicas }: Description['tables'][number],
  { awsRegion, keyAliases }: Description,
): Table => {
  const keyArn = Replicas[0]?.SSESpecification?.KMSMasterKeyId;
  if (keyArn === undefined) return { arn };
  const alias = keyAliases.get(keyArn);
  const context = {
    'kms:ViaService': `dynamodb.${awsRegion}.amazonaws.com`,
    ...(alias !== undefined && { 'kms:ResourceAliases': alias }),
  };
  return { arn, key: { arn: keyArn, context } };
};
