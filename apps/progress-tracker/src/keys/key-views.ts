import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { roles, type Role } from '@stopcovid/runtime';
import { given } from '../given';
import { holdsAt, type ApiKey } from './api-key';

/** A key without the key itself. */
export class KeyView {
  @ApiProperty({ example: 'acme-dashboard' }) readonly name!: string;
  @ApiProperty({ enum: roles }) readonly role!: Role;
  @ApiPropertyOptional({ type: [String], description: 'Whom it concerns; absent where that is everybody' })
  readonly employers?: readonly string[];
  @ApiProperty({ description: 'Not revoked, and not expired' }) readonly holds!: boolean;
  @ApiProperty({ format: 'date-time' }) readonly createdAt!: string;
  @ApiProperty() readonly createdBy!: string;
  @ApiPropertyOptional({ format: 'date-time' }) readonly expiresAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'To the minute' }) readonly lastUsedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) readonly revokedAt?: string;
  @ApiPropertyOptional() readonly revokedBy?: string;
}

/** A key that was just added. */
export class NewKeyView extends KeyView {
  @ApiProperty({ description: 'The key itself: it is shown here alone' }) readonly key!: string;
}

export class KeyListView {
  @ApiProperty({ type: [KeyView] }) readonly items!: readonly KeyView[];
  @ApiPropertyOptional({
    type: [String],
    description: 'The names of keys that cannot be read, and do not hold',
  })
  readonly unreadable?: readonly string[];
}

/** What is shown of a key. */
export const keyView = (key: ApiKey, now: Date): KeyView => ({
  ...{ name: key.name, role: key.role, holds: holdsAt(key, now) },
  ...{ createdAt: key.createdAt.toISOString(), createdBy: key.createdBy },
  ...given({
    employers: key.employers,
    expiresAt: key.expiresAt?.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString(),
    revokedAt: key.revoked?.at.toISOString(),
    revokedBy: key.revoked?.by,
  }),
});
