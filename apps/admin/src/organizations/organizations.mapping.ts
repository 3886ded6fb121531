import type { Organization } from '#libs/database';
import type { OrganizationAnswer } from './organizations.dto.js';

export function toApi({ id, slug, name, residency, createdAt, updatedAt }: Organization): OrganizationAnswer {
  return { id, slug, name, residency, createdAt, updatedAt };
}
