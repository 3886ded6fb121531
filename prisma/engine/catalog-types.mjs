import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/**
 * Types of pg_catalog columns that the engine reads and @prisma/adapter-pg refuses (prisma/prisma#27403), by OID:
 * "char", name[], int2vector, regproc, int2vector[] and regclass.
 */
const CATALOG_TYPES = new Map([
  [18, ColumnTypeEnum.Character],
  [1003, ColumnTypeEnum.TextArray],
  [22, ColumnTypeEnum.Text],
  [24, ColumnTypeEnum.Text],
  [194, ColumnTypeEnum.Text],
  [2205, ColumnTypeEnum.Text],
]);

/** Moves such a type's OID out of the range of real ones: the adapter passes unknown user types on as text. */
const DISGUISE = 1 << 30;

const parseTextArray = pg.types.getTypeParser(1009);

const { addFields } = pg.Result.prototype;
pg.Result.prototype.addFields = function disguiseCatalogTypes(descriptions) {
  addFields.call(this, descriptions);
  for (const field of this.fields) if (CATALOG_TYPES.has(field.dataTypeID)) field.dataTypeID += DISGUISE;
};

/**
 * Makes the adapter's queries answer with the true types of disguised columns.
 * @template {{ queryRaw: Function, performIO: Function }} A
 * @param {A} adapter
 * @returns {A}
 */
export function readCatalogTypes(adapter) {
  const { queryRaw } = adapter;
  adapter.queryRaw = async (query) => {
    let raw;
    const recording = Object.create(adapter, {
      performIO: { value: async (io) => (raw = await adapter.performIO(io)) },
    });
    const result = await queryRaw.call(recording, query);
    for (const [column, field] of raw.fields.entries()) {
      const type = CATALOG_TYPES.get(field.dataTypeID - DISGUISE);
      if (type === undefined) continue;
      result.columnTypes[column] = type;
      if (type === ColumnTypeEnum.TextArray) parseColumn(result.rows, column);
    }
    return result;
  };
  return adapter;
}

/** @param {unknown[][]} rows @param {number} column */
function parseColumn(rows, column) {
  for (const row of rows) if (typeof row[column] === 'string') row[column] = parseTextArray(row[column]);
}
