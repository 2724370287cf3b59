-- A subscription is for quantities of products, has one of eight states, and shows nothing of a
-- cancellation before it has ended.
DROP INDEX altostrat_subscriptions_by_account;
ALTER TABLE altostrat_subscriptions RENAME TO altostrat_subscriptions_1;

CREATE TABLE altostrat_subscriptions (
    id                   TEXT PRIMARY KEY,
    billing_account_id   TEXT NOT NULL REFERENCES altostrat_billing_accounts (id),
    status               TEXT NOT NULL CHECK (status IN ('active', 'past_due', 'unpaid', 'canceled',
                             'incomplete', 'incomplete_expired', 'trialing', 'paused')),
    current_period_start INTEGER NOT NULL,
    current_period_end   INTEGER NOT NULL,
    -- When it ends or has ended; null as long as nobody has cancelled it.
    ends_at              INTEGER,
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    CHECK (status <> 'canceled' OR ends_at IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX altostrat_subscriptions_by_account ON altostrat_subscriptions (billing_account_id);

CREATE TABLE altostrat_subscription_products (
    subscription_id TEXT NOT NULL REFERENCES altostrat_subscriptions (id),
    product         TEXT NOT NULL CHECK (product IN ('locations', 'users', 'sso')),
    quantity        INTEGER NOT NULL CHECK (quantity > 0),
    -- A subscription has one period, and so all its products the same.
    interval        TEXT NOT NULL CHECK (interval IN ('month', 'year')),
    PRIMARY KEY (subscription_id, product)
) STRICT, WITHOUT ROWID;

INSERT INTO altostrat_subscriptions
SELECT id, billing_account_id, status, current_period_start, current_period_end, canceled_at,
       created_at, coalesce(canceled_at, created_at)
FROM altostrat_subscriptions_1;

INSERT INTO altostrat_subscription_products
SELECT id, CASE product WHEN 'SDX User' THEN 'users' WHEN 'SDX Single Sign-On' THEN 'sso' ELSE 'locations' END,
       quantity, 'month'
FROM altostrat_subscriptions_1;

DROP TABLE altostrat_subscriptions_1;
