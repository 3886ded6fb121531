import { Body, Param } from '@nestjs/common';
import { Create, OrganizationResource } from '../../http/resource.js';
import { type Write, WriteOf } from '../../http/write.js';
import { CreateReRating, ReRatingAnswer } from './re-ratings.dto.js';
import { ReRatingsService } from './re-ratings.service.js';

@OrganizationResource('chargeback/re-ratings')
export class ReRatingsController {
  constructor(private readonly reRatings: ReRatingsService) {}

  /** Enters what corrected prices make of a month's calls to a model as adjustments; records and closed lines never change. */
  @Create(ReRatingAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateReRating,
    @WriteOf() write: Write,
  ): Promise<ReRatingAnswer> {
    return body.preview ? this.reRatings.preview(organization, body) : this.reRatings.commit(organization, body, write);
  }
}
