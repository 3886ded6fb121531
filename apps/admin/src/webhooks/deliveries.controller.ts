import { Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Ask, OrganizationResource, Read } from '../http/resource.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryAnswer } from './webhooks.dto.js';

@OrganizationResource('webhooks/:webhook')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  /** Sends a test event, to a disabled webhook too. */
  @Ask(DeliveryAnswer, 'test')
  test(@Param('organization') organization: string, @Param('webhook') webhook: string): Promise<DeliveryAnswer> {
    return this.deliveries.test(organization, webhook);
  }

  /** Newest first; kept for 30 days. */
  @List(DeliveryAnswer, 'deliveries')
  list(
    @Param('organization') organization: string,
    @Param('webhook') webhook: string,
    @Query() query: ListQuery,
  ): Promise<Page<DeliveryAnswer>> {
    return this.deliveries.list(organization, webhook, query);
  }

  @Read(DeliveryAnswer, 'deliveries/:delivery')
  get(
    @Param('organization') organization: string,
    @Param('webhook') webhook: string,
    @Param('delivery') delivery: string,
  ): Promise<DeliveryAnswer> {
    return this.deliveries.get(organization, webhook, delivery);
  }

  /** Sends the event once more, as a delivery of its own. */
  @Ask(DeliveryAnswer, 'deliveries/:delivery/redeliver')
  redeliver(
    @Param('organization') organization: string,
    @Param('webhook') webhook: string,
    @Param('delivery') delivery: string,
  ): Promise<DeliveryAnswer> {
    return this.deliveries.redeliver(organization, webhook, delivery);
  }
}
