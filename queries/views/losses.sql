-- SPDX-License-Identifier: Apache-2.0
-- What the recorder knows it did not record.
CREATE OR REPLACE VIEW losses AS
SELECT *
FROM raw_losses;
