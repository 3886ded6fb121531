/** Items grouped by their organization, each group in the order given. (`Map.groupBy` is not in Node 20.) */
export function byOrganization<T extends { readonly organizationId: string }>(
  items: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.organizationId);
    if (group) group.push(item);
    else groups.set(item.organizationId, [item]);
  }
  return groups;
}
