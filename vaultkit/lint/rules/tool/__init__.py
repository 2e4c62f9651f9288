"""vaultkit itself (VK)."""
