import { OmitType } from '@nestjs/swagger';
import { BooleanField, ObjectListField, ReferenceField, TextListField } from '../http/fields.js';
import { ServiceRuleBody } from '../identity-providers/identity-providers.dto.js';

export class UserRuleBody extends OmitType(ServiceRuleBody, ['service']) {
  @ReferenceField({ about: 'Whose user: slug or id of an identity provider', example: 'corporate' })
  identityProvider!: string;
}

/** On whose behalf a service may act by exchanging that one's token (RFC 8693). */
export class ActsForBody {
  @BooleanField({ optional: true, default: false, about: 'Members who are signed in to the console' })
  members?: boolean;

  @TextListField({ maxItems: 50, maxLength: 63, optional: true, about: 'Other services: slugs or ids' })
  services?: string[];

  @ObjectListField(UserRuleBody, {
    maxItems: 20,
    optional: true,
    about:
      'Users of identity providers, by what their tokens say; the audience is the one that tokens for this service have',
  })
  users?: UserRuleBody[];
}
