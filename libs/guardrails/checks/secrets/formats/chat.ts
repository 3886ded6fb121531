import { type Format, prefixed } from '../format.js';

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** The first characters of a Discord user's number in base64, which every bot token begins with. */
const DISCORD_BEGINNINGS = [...'MNO'].flatMap((first) =>
  [...'DTjz'].flatMap((second) => [...'AEIMQUYcgk'].map((third) => first + second + third)),
);

/** Chats, games and things that are online. */
export const CHAT: readonly Format[] = [
  prefixed('discord-token', DISCORD_BEGINNINGS, '[\\w-]{20,25}\\.[\\w-]{6}\\.[\\w-]{27,40}'),
  prefixed('intra42-secret', ['s-s4t2ud-', 's-s4t2af-'], '[0-9a-f]{64}'),
  prefixed('riot-key', ['RGAPI-'], UUID),
  prefixed('lichess-token', ['lip_'], '[A-Za-z0-9]{20,24}'),
  prefixed('adafruit-key', ['aio_'], '[A-Za-z0-9]{28}'),
  prefixed('ubidots-token', ['BBFF-', 'BBUS-'], '[A-Za-z0-9]{30}'),
  prefixed('thingsboard-token', ['thingsboard.cloud/api/v1/'], '[a-z0-9]{20}'),
  prefixed('truenas-key', ['Bearer 1-', 'Bearer 2-', 'Bearer 3-'], '[A-Za-z0-9]{64}'),
];
