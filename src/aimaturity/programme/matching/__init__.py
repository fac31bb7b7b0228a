"""The bridge: from a company's gaps and pilots to those who can help, and to companies with the same challenge."""
