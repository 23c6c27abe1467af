"""What is to be expected: forecasts by stated, simple methods, and their refusal where none is honest."""
