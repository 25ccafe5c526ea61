/**
 * Debian package of the PostgreSQL that backups move to and from; without it those tests are
 * skipped. Its cluster is neither started nor enabled by our set-up; tests make one of their own.
 */
export const POSTGRES_PACKAGES = ['postgresql'] as const
