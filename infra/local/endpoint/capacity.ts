import * as z from 'zod';

/** Request units as AWS bills them on demand. */
export type Units = { read: number; write: number };

const Item = z.record(z.string(), z.unknown());
type Item = z.infer<typeof Item>;

const Written = z.object({ Item });
const Keyed = z.object({ Key: Item });
const Action = z.object({
  Put: Written.optional(),
  Update: Keyed.optional(),
  Delete: Keyed.optional(),
  ConditionCheck: Keyed.optional(),
});
const Transaction = z.object({ TransactItems: z.array(Action) });
const Consistent = z.object({ ConsistentRead: z.boolean().optional() });
const Found = z.object({ Item: Item.optional() });
const Page = z.object({ Items: z.array(Item).optional() });
const Batch = z.object({ RequestItems: z.record(z.string(), Consistent.extend({ Keys: z.array(Item) })) });
const BatchFound = z.object({ Responses: z.record(z.string(), z.array(Item)).optional() });
const Fetched = z.object({ Responses: z.array(Found).optional() });

/** The keys of the sparse indexes: an item that has one is written once more, whole, into that index. */
const indexed = ['listKey', 'ownerKey'];

const kilobyte = 1024;

/**
 * What one call to DynamoDB costs, from what it sends and gets (AWS, "Read and write operations", read on 25 November
 * 2026): a write of up to 1 KB is one unit and twice that in a transaction; a strongly consistent read of up to 4 KB is
 * one, an eventually consistent one half, one in a transaction two. What an update or a deletion touches is not on the
 * wire: it counts as 1 KB. An index counts one write for each put, though a moved key is two.
 */
export const unitsOf = (operation: string, asked: unknown, given: unknown): Units => {
  switch (operation) {
    case 'PutItem':
      return { read: 0, write: writeUnits(Written.parse(asked).Item, 1) };
    case 'UpdateItem':
    case 'DeleteItem':
      return { read: 0, write: 1 };
    case 'TransactWriteItems':
      return { read: 0, write: sum(Transaction.parse(asked).TransactItems.map(inTransaction)) };
    case 'GetItem':
      return { read: readUnits([Found.parse(given).Item], asked), write: 0 };
    case 'BatchGetItem':
      return { read: batchUnits(Batch.parse(asked), BatchFound.parse(given)), write: 0 };
    case 'Query':
    case 'Scan':
      return { read: readUnits(Page.parse(given).Items ?? [], asked), write: 0 };
    case 'TransactGetItems':
      return {
        read: sum((Fetched.parse(given).Responses ?? []).map((one) => 2 * fourKilobytes([one.Item]))),
        write: 0,
      };
    default:
      return { read: 0, write: 0 };
  }
};

/** Each item rounded up by itself, as if it had been read alone; one that is not there costs one unit too. */
const batchUnits = (
  { RequestItems }: z.infer<typeof Batch>,
  { Responses = {} }: z.infer<typeof BatchFound>,
): number =>
  sum(
    Object.entries(RequestItems).map(([table, asked]) => {
      const items = Responses[table] ?? [];
      const missing = Array.from({ length: asked.Keys.length - items.length }, () => undefined);
      return sum([...items, ...missing].map((item) => readUnits([item], asked)));
    }),
  );

const inTransaction = ({ Put }: z.infer<typeof Action>): number => (Put ? writeUnits(Put.Item, 2) : 2);

/** @param times 2 in a transaction; the copies in the indexes are written outside it */
const writeUnits = (item: Item, times: 1 | 2): number => {
  const units = Math.max(1, Math.ceil(sizeOf(item) / kilobyte));
  return units * times + units * indexed.filter((key) => key in item).length;
};

const readUnits = (items: readonly (Item | undefined)[], asked: unknown): number =>
  fourKilobytes(items) * (Consistent.parse(asked).ConsistentRead === true ? 1 : 0.5);

const fourKilobytes = (items: readonly (Item | undefined)[]): number =>
  Math.max(1, Math.ceil(sum(items.map((item) => (item ? sizeOf(item) : 0))) / (4 * kilobyte)));

/** @returns bytes of an item: its names and its values; a number or a flag is taken as its text */
const sizeOf = (item: Item): number =>
  sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + sizeOfValue(value)));

const Attribute = z.union([
  z.object({ S: z.string() }),
  z.object({ N: z.string() }),
  z.object({ B: z.string() }),
  z.object({ L: z.array(z.unknown()) }),
  z.object({ M: Item }),
]);

const sizeOfValue = (value: unknown): number => {
  const known = Attribute.safeParse(value);
  if (!known.success) return 1;
  const attribute = known.data;
  if ('S' in attribute) return Buffer.byteLength(attribute.S);
  if ('N' in attribute) return attribute.N.length;
  if ('B' in attribute) return Math.floor((attribute.B.length * 3) / 4);
  if ('L' in attribute) return 3 + sum(attribute.L.map((one) => 1 + sizeOfValue(one)));
  return 3 + sizeOf(attribute.M);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
