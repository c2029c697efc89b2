"""What a regulation says: rubric files, their variants (`extends`), their rules, and where they are found."""
