"""The facts that files settle for an answer: the days they cover, the silence after which customers are lost, ids that match."""
