from organisering.admin import arshjul, enheter, grupper, personer, samarbeid

__all__ = ["arshjul", "enheter", "grupper", "personer", "samarbeid"]
