/** What a DynamoDB request wants to do, as IAM sees it. */
export type TableWish = { action: string; table: string; index?: string };

type Body = Readonly<Record<string, unknown>>;

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null;
const bodyOf = (value: unknown): Body => (isBody(value) ? value : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const listOf = (value: unknown): Body[] => (Array.isArray(value) ? value.map(bodyOf) : []);

/**
 * The grants that an operation needs, one for each table (and index) that it touches: a transaction needs those of its
 * items, a batch its own. Empty for an operation that names no table.
 */
export const wishesOf = (operation: string, body: unknown): TableWish[] => {
  const request = bodyOf(body);
  switch (operation) {
    case 'TransactWriteItems':
      return listOf(request['TransactItems']).flatMap(transactionItem);
    case 'TransactGetItems':
      return listOf(request['TransactItems']).map((item) => ({
        action: 'dynamodb:GetItem',
        table: textOf(bodyOf(item['Get'])['TableName']),
      }));
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(bodyOf(request['RequestItems'])).map((table) => ({
        action: `dynamodb:${operation}`,
        table,
      }));
    case 'ListTables':
      return [{ action: 'dynamodb:ListTables', table: '*' }];
    default: {
      const index = textOf(request['IndexName']);
      const table = textOf(request['TableName']);
      return [{ action: `dynamodb:${operation}`, table, ...(index !== '' && { index }) }];
    }
  }
};

const transactionActions = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
} as const;

const transactionItem = (item: Body): TableWish[] =>
  Object.entries(transactionActions).flatMap(([member, action]) =>
    isBody(item[member]) ? [{ action, table: textOf(item[member]['TableName']) }] : [],
  );
