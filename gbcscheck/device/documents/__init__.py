"""DUIS requests and MMC responses judged against their schemas, the service requests and what devices can carry."""
