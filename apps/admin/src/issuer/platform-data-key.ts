export { openPlatformDataKey } from '#libs/database';
