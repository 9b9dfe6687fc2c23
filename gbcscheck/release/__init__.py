"""What is in force together: releases, and the statements of one by subject."""
