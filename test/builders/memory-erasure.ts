import type { Erasure } from '#shared/domain/outbox.ts';
import type { ErasureList, PersonsEraser } from '#shared/ports/erasure.ts';
import type { MemoryRecords } from '#test/builders/memory-records.ts';

/** Erasing from the documents of memory records; accounts that were erased are remembered by id. */
export const memoryEraser = ({
  documents,
  secrets,
}: Pick<MemoryRecords, 'documents' | 'secrets'>): PersonsEraser & { accounts: string[] } => {
  const accounts: string[] = [];
  return {
    accounts,
    texts: async (owner) => {
      for (const key of documents.keys()) if (key.startsWith(`${owner}#`)) documents.delete(key);
    },
    documents: async (refs) => {
      for (const { owner, kind, version } of refs) documents.delete(`${owner}#${kind}#${version}`);
    },
    secret: async (name) => {
      secrets.delete(name);
    },
    account: async (id) => {
      accounts.push(id);
    },
  };
};

export const memoryErasures = (): ErasureList & { list: Map<string, Erasure> } => {
  const list = new Map<string, Erasure>();
  return {
    list,
    add: async (erasure) => {
      list.set(`${erasure.kind}/${erasure.id}`, erasure);
    },
    all: async () => [...list.values()],
  };
};
