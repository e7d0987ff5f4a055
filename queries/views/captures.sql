-- SPDX-License-Identifier: Apache-2.0
-- One row per capture: who recorded what, and whether it ended in order.
CREATE OR REPLACE VIEW captures AS
SELECT *
FROM raw_captures;
