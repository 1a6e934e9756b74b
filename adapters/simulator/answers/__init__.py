"""The answers: a listing of the world becomes what Amazon would say of it."""
